package org.nutjvm.cgi.upsimage;

import java.util.HashMap;
import java.util.Map;
import org.nutjvm.cgi.web.Form;
import org.nutjvm.cgi.web.Numbers;

/// What a query says of a picture, within what is allowed (clients/upsimage.c: parsearg).
final class ImageOptions {
    /// Not an EnumMap: that asks the enum by reflection, which takes a program a while that lives for
    /// milliseconds.
    private final Map<ImageArgument, Integer> values = new HashMap<>();

    /// Takes what is there; fields of more than 64 bytes count as not given.
    ImageOptions(Form form) {
        for (ImageArgument argument : ImageArgument.values()) {
            values.put(argument, argument.standard());
        }
        for (Form.Field field : form.fields()) {
            ImageArgument argument = ImageArgument.of(field.name());
            if (argument != null && field.value().length() <= UpsimageHandler.LONGEST) {
                values.put(argument, argument.within(number(field.value())));
            }
        }
    }

    int get(ImageArgument argument) {
        return values.getOrDefault(argument, argument.standard());
    }

    private static long number(String text) {
        if (!text.startsWith("0x")) {
            return Numbers.whole(text);
        }
        long value = 0;
        for (int i = 2; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || value > Integer.MAX_VALUE) {
                break;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
