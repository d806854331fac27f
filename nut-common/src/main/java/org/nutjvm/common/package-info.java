/// What every program of the product shares.
@NullMarked
package org.nutjvm.common;

import org.jspecify.annotations.NullMarked;
