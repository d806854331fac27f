@NullMarked
package org.nutjvm.drivers.qx;

import org.jspecify.annotations.NullMarked;
