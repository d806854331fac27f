@NullMarked
package org.nutjvm.drivers.hid;

import org.jspecify.annotations.NullMarked;
