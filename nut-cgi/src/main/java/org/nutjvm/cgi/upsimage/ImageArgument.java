package org.nutjvm.cgi.upsimage;

import org.jspecify.annotations.Nullable;

/// What a picture can be told besides what it shows (clients/upsimagearg.h): sizes in pixels, colours as 0xRRGGBB,
/// temperatures, frequencies. The names are those of the query and of the template command IMG.
public enum ImageArgument {
    WIDTH("width", 100, 50, 200),
    HEIGHT("height", 350, 100, 500),
    SCALE_HEIGHT("scale_height", 300, 100, 500),
    BACK_COL("back_col", 0x000000),
    SCALE_NUM_COL("scale_num_col", 0xffff00),
    SUMMARY_COL("summary_col", 0xffff00),
    OK_ZONE_MAJ_COL("ok_zone_maj_col", 0x00ff00),
    OK_ZONE_MIN_COL("ok_zone_min_col", 0x007800),
    NEUTRAL_ZONE_MAJ_COL("neutral_zone_maj_col", 0xffffff),
    NEUTRAL_ZONE_MIN_COL("neutral_zone_min_col", 0x646464),
    WARN_ZONE_MAJ_COL("warn_zone_maj_col", 0xff0000),
    WARN_ZONE_MIN_COL("warn_zone_min_col", 0x960000),
    BAR_COL("bar_col", 0x00ff00),
    TEMPMIN("tempmin", 0, -100, 150),
    TEMPMAX("tempmax", 40, -100, 150),
    NOM_IN_FREQ("nom_in_freq", 50, 0, 100),
    NOM_OUT_FREQ("nom_out_freq", 50, 0, 100);

    private final String word;
    private final int standard;
    private final int least;
    private final int most;

    ImageArgument(String word, int standard, int least, int most) {
        this.word = word;
        this.standard = standard;
        this.least = least;
        this.most = most;
    }

    ImageArgument(String word, int colour) {
        this(word, colour, 0, 0xffffff);
    }

    /// The name in a query.
    public String word() {
        return word;
    }

    /// What holds where nothing is said.
    public int standard() {
        return standard;
    }

    /// The value nearest to the wanted one that is allowed.
    public int within(long wanted) {
        return Math.clamp(wanted, least, most);
    }

    /// The argument of that name, or null.
    public static @Nullable ImageArgument of(String word) {
        for (ImageArgument one : values()) {
            if (one.word.equals(word)) {
                return one;
            }
        }
        return null;
    }
}
