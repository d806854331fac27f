package org.nutjvm.drivers.powercom;

/// What the device is, as its answer says (drivers/powercom.c: upsdrv_initinfo).
///
/// @param family whose formulas count: `BNT`, `KIN`, `IMP`, `OPTI`, or another name for those of the type
/// @param model its name, or `Unknown`
/// @param nominal voltage; below 200 there are other formulas
record Identity(String family, String model, int nominal) {
    static final String UNKNOWN = "Unknown";
    static final String BNT = "BNT";
    static final String KIN = "KIN";
    static final String IMP = "IMP";
    static final String OPTI = "OPTI";
    private static final String OTHER = "BNT-other";
    private static final int IMPERIAL = 0xff;

    /// Of a type that does not say it.
    static Identity unknown(UpsType type, int nominal) {
        return new Identity(type.name(), UNKNOWN, nominal);
    }

    /// Out of an answer.
    ///
    /// @param nominal the voltage if the answer does not tell it
    static Identity of(UpsType type, Frame frame, Tables tables, int nominal) {
        char letter = (char) frame.at(Frame.FAMILY);
        String family = family(type.name(), letter, frame.at(Frame.VERSION));
        boolean known = family.equals(IMP) || letter == 'B' || letter == 'K' || letter == 'O';
        int model = known ? tables.model(family.equals(OTHER) ? BNT : family, frame.model()) : 0;
        int voltage = tables.nominal(frame.nominal());
        return new Identity(
                family, family + "-" + model + (family.equals(OPTI) ? "" : "AP"), voltage == 0 ? nominal : voltage);
    }

    /// Opti-UPS have the version of Imperial, too.
    private static String family(String type, char letter, int version) {
        if (type.equals(OPTI) && letter == 'O') {
            return OPTI;
        }
        if (version == IMPERIAL) {
            return IMP;
        }
        if (type.equals(OTHER)) {
            return type;
        }
        return switch (letter) {
            case 'B' -> BNT;
            case 'K' -> KIN;
            case 'O' -> OPTI;
            default -> type;
        };
    }
}
