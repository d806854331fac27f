@NullMarked
package org.nutjvm.drivers.usb;

import org.jspecify.annotations.NullMarked;
