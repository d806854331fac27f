package org.nutjvm.cgi.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Texts with one char a byte, as pages have them, for formats that are always UTF-8.
public final class Utf8 {
    private Utf8() {}

    /// The text as UTF-8, one char a byte: what is none is taken for Latin-1.
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 0x80) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            return text;
        } catch (CharacterCodingException e) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
    }
}
