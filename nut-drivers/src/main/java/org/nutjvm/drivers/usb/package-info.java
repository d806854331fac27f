/// USB devices as drivers see them, how one is chosen, and libusb beneath. Only {@link
/// org.nutjvm.drivers.usb.LibUsbBus}
/// and what it opens know usb4java.
@NullMarked
package org.nutjvm.drivers.usb;

import org.jspecify.annotations.NullMarked;
