package org.nutjvm.cgi.upsimage;

/// A gauge as pixels (clients/upsimage.c: drawscale, drawbar, noimage): dashes from side to side, major ones with their
/// number, and before them a bar as high as the value. The same geometry as upstream's, to the pixel.
final class Drawing {
    private static final int NUMBERS = 1;
    private static final int OK_MAJOR = 2;
    private static final int NEUTRAL_MAJOR = 4;
    private static final int WARN_MAJOR = 6;
    private static final int BAR = 8;
    private static final int SUMMARY = 9;

    private static final int BAR_MARGIN = 25;
    private static final int SUBMAJOR_MARGIN = 5;
    private static final int MINOR_MARGIN = 10;

    /// What a picture shows.
    ///
    /// @param scale numbers and zones
    /// @param value on that scale
    /// @param summary the value in words
    record Picture(Scale scale, double value, String summary) {}

    private Drawing() {}

    static Canvas of(Picture picture, ImageOptions options) {
        int width = options.get(ImageArgument.WIDTH);
        int height = options.get(ImageArgument.HEIGHT);
        int scaleHeight = options.get(ImageArgument.SCALE_HEIGHT);
        var canvas = new Canvas(
                width,
                height,
                options.get(ImageArgument.BACK_COL),
                options.get(ImageArgument.SCALE_NUM_COL),
                options.get(ImageArgument.OK_ZONE_MAJ_COL),
                options.get(ImageArgument.OK_ZONE_MIN_COL),
                options.get(ImageArgument.NEUTRAL_ZONE_MAJ_COL),
                options.get(ImageArgument.NEUTRAL_ZONE_MIN_COL),
                options.get(ImageArgument.WARN_ZONE_MAJ_COL),
                options.get(ImageArgument.WARN_ZONE_MIN_COL),
                options.get(ImageArgument.BAR_COL),
                options.get(ImageArgument.SUMMARY_COL));
        scale(canvas, picture.scale(), scaleHeight);
        canvas.fill(
                BAR_MARGIN,
                barTop(picture.scale(), picture.value(), scaleHeight),
                width - BAR_MARGIN,
                scaleHeight,
                BAR);
        String summary = picture.summary();
        canvas.text((width - summary.length() * Font.WIDTH) / 2, height - Font.HEIGHT, summary, SUMMARY);
        return canvas;
    }

    private static int barTop(Scale scale, double value, int scaleHeight) {
        double range = scale.high() - scale.low();
        double share = (value - scale.low()) / (range == 0 ? 1 : range);
        return Math.clamp((int) ((1 - share) * scaleHeight), 0, scaleHeight);
    }

    private static void scale(Canvas canvas, Scale scale, int scaleHeight) {
        int low = scale.low();
        int high = scale.high();
        if (high <= low) {
            high = low + scale.major();
        }
        int range = high - low;
        for (int level = high; level >= low; level -= scale.step()) {
            int y = scaleHeight * (high - level) / range;
            int zone = scale.warns(level) ? WARN_MAJOR : scale.ok(level) ? OK_MAJOR : NEUTRAL_MAJOR;
            if (level % scale.major() == 0) {
                canvas.fill(0, y, canvas.width(), y, zone);
            } else {
                int margin = level % scale.submajor() == 0 ? SUBMAJOR_MARGIN : MINOR_MARGIN;
                canvas.fill(margin, y, canvas.width() - margin, y, zone + 1);
            }
        }
        for (int level = high; level >= low; level -= scale.step()) {
            if (level % scale.major() == 0) {
                String label = Integer.toString(level);
                int y = scaleHeight * (high - level) / range;
                canvas.text(canvas.width() - label.length() * Font.WIDTH, y, label, NUMBERS);
            }
        }
    }

    /// A picture that says why there is none.
    static Canvas message(String text, ImageOptions options) {
        int width = options.get(ImageArgument.WIDTH);
        int height = options.get(ImageArgument.HEIGHT);
        var canvas =
                new Canvas(width, height, options.get(ImageArgument.BACK_COL), options.get(ImageArgument.SUMMARY_COL));
        int length = text.length() * Font.WIDTH;
        if (width > height) {
            canvas.text((width - length) / 2, (height - Font.HEIGHT) / 2, text, 1);
        } else {
            canvas.textUp((width - Font.HEIGHT) / 2, (height + length) / 2, text, 1);
        }
        return canvas;
    }
}
