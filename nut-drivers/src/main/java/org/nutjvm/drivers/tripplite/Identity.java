package org.nutjvm.drivers.tripplite;

/// What the device is (drivers/tripplite.c: upsdrv_initinfo).
record Identity(String model, String firmware) {
    private static final int HEX = 16;
    private static final int LONGEST = 15;
    private static final int UNISON = 0x40;
    private static final int NEWER = 0x80;

    /// Whether this can be an answer to the commands that ask for it.
    static boolean valid(String answer) {
        if (answer.length() < 2 || answer.length() > LONGEST) {
            return false;
        }
        return plain(answer.charAt(0)) && plain(answer.charAt(1));
    }

    private static boolean plain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /// Out of the answers to the commands W, L, V and X, each valid.
    static Identity of(String w, String l, String v, String x) {
        int kind = hex(w);
        int low = hex(l);
        int power = (kind & NEWER) == 0 ? low / 2 : ((kind & 0x3f) * 32 + (low >> 3)) * 5;
        int generation = (x.charAt(0) & 7) == 0 && (x.charAt(1) & 7) == 0 ? 2 : 1;
        return new Identity(
                ((kind & UNISON) == 0 ? "Smart " : "Unison ") + power,
                letter(v.charAt(0)) + letter(v.charAt(1)) + " (Gen " + generation + ")");
    }

    private static String letter(char digit) {
        return String.valueOf((char) (digit + ('A' - '0')));
    }

    /// The number two digits make; what is no digit ends it.
    private static int hex(String text) {
        int first = Character.digit(text.charAt(0), HEX);
        int second = Character.digit(text.charAt(1), HEX);
        if (first < 0) {
            return 0;
        }
        return second < 0 ? first : first * HEX + second;
    }
}
