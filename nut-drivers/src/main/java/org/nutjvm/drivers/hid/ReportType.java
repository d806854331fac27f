package org.nutjvm.drivers.hid;

/// The three kinds of reports, with the tag of their main item in a descriptor (HID 1.11, 6.2.2.4).
public enum ReportType {
    INPUT(0x80, "Input"),
    OUTPUT(0x90, "Output"),
    FEATURE(0xB0, "Feature");

    private final int tag;
    private final String text;

    ReportType(int tag, String text) {
        this.tag = tag;
        this.text = text;
    }

    /// Tag and type bits of the main item, without its size bits.
    int tag() {
        return tag;
    }

    /// As logs show it.
    public String text() {
        return text;
    }
}
