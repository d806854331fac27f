@NullMarked
package org.nutjvm.drivers.shut;

import org.jspecify.annotations.NullMarked;
