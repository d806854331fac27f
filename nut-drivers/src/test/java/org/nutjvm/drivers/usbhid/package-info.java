@NullMarked
package org.nutjvm.drivers.usbhid;

import org.jspecify.annotations.NullMarked;
