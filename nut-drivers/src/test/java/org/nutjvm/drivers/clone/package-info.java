@NullMarked
package org.nutjvm.drivers.clone;

import org.jspecify.annotations.NullMarked;
