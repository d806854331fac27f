package org.nutjvm.drivers.usbhid;

import java.util.List;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.UsbModel;
import org.nutjvm.drivers.hidups.Catalogue;

/// The devices of usbhid-ups. Those that it knows by their vendor alone are left out: most things of such a vendor are
/// no UPSes.
public final class KnownUsbHid implements KnownDevices {
    @Override
    public List<UsbModel> usb() {
        return Catalogue.standard().devices().stream()
                .map(id -> new UsbModel(id.vendor(), id.product(), UsbHidProgram.NAME))
                .toList();
    }
}
