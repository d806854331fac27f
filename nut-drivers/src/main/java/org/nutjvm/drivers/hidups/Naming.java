package org.nutjvm.drivers.hidups;

import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.hid.ReportType;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.usb.UsbId;

/// Names of manufacturer, model and serial number as NUT publishes them (drivers/*-hid.c: the format
/// functions).
final class Naming {
    private static final int DELL = 0x047c;

    private final Subdriver subdriver;
    private final ReportDescriptor descriptor;
    private final Reports reports;
    private final Dstate dstate;

    /// @param kind what conversions take the model for
    record Named(
            @Nullable String vendor,
            @Nullable String model,
            @Nullable String serial,
            String kind) {}

    Naming(Subdriver subdriver, ReportDescriptor descriptor, Reports reports, Dstate dstate) {
        this.subdriver = subdriver;
        this.descriptor = descriptor;
        this.reports = reports;
        this.dstate = dstate;
    }

    Named name(UsbId id, @Nullable String vendor, @Nullable String product, @Nullable String serial) {
        String mfr = vendor == null || vendor.isBlank() ? subdriver.vendor() : vendor.strip();
        if (mfr == null) {
            mfr = vendor;
        }
        String number = serial;
        String serialFrom = subdriver.serialFrom();
        if (number == null && serialFrom != null) {
            number = text(serialFrom);
        }
        if (subdriver.model().equals("mge") && id.vendor() != DELL) {
            return mge(mfr, product, number);
        }
        String model = product;
        if (subdriver.model().equals("apc")) {
            model = apc(product == null ? "unknown" : product);
        }
        String modelFrom = subdriver.modelFrom();
        String own = modelFrom == null ? null : text(modelFrom);
        if (own != null) {
            model = own;
        }
        if (model == null || model.isEmpty()) {
            String otherwise = subdriver.modelOtherwise();
            model = otherwise != null ? otherwise : model;
        }
        return new Named(mfr, model, number, "default");
    }

    /// "Back-UPS RS 1000 FW:7.g5 .D USB FW:g5": model and two firmware versions.
    private String apc(String product) {
        int firmware = product.indexOf("FW:");
        if (firmware < 0) {
            return product;
        }
        String model = product.substring(0, Math.max(0, firmware - 1));
        String rest = product.substring(firmware + 3);
        int usb = rest.indexOf("USB FW:");
        if (usb >= 0) {
            dstate.setinfo("ups.firmware.aux", rest.substring(usb + 7));
            rest = rest.substring(0, Math.max(0, usb - 1));
        }
        dstate.setinfo("ups.firmware", rest);
        return model;
    }

    private Named mge(@Nullable String vendor, @Nullable String product, @Nullable String serial) {
        String family = product == null ? "unknown" : product;
        String model = text("UPS.PowerSummary.iModel");
        if (model == null) {
            Double power = number("UPS.Flow.[4].ConfigApparentPower");
            model = power == null ? null : Integer.toString(power.intValue());
        }
        if (model == null) {
            return new Named(vendor, product, serial, "default");
        }
        for (var known : subdriver.models()) {
            if (known.product().equals(family) && known.model().equals(model)) {
                String name = known.name();
                return new Named(vendor, name != null ? name : family + ' ' + model, serial, known.kind());
            }
        }
        return new Named(vendor, family + ' ' + model, serial, "default");
    }

    private @Nullable Double number(String names) {
        var path = subdriver.path(names);
        var item = path == null ? null : descriptor.find(path, ReportType.FEATURE);
        if (item == null) {
            return null;
        }
        try {
            return reports.value(item);
        } catch (HidException e) {
            return null;
        }
    }

    private @Nullable String text(String names) {
        Double index = number(names);
        String text = index == null ? "" : reports.string(index.intValue());
        return text.isEmpty() ? null : text;
    }
}
