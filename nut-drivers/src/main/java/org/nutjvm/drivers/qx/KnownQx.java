package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.UsbModel;

/// The USB devices of nutdrv_qx and blazer_usb.
public final class KnownQx implements KnownDevices {
    @Override
    public List<UsbModel> usb() throws IOException {
        var models = new LinkedHashSet<UsbModel>();
        add(models, "usb.txt", "nutdrv_qx");
        add(models, "usb-blazer.txt", "blazer_usb");
        return new ArrayList<>(models);
    }

    private static void add(Set<UsbModel> models, String table, String driver) throws IOException {
        for (var entry : UsbTable.of(table).entries()) {
            models.add(new UsbModel(entry.id().vendor(), entry.id().product(), driver));
        }
    }
}
