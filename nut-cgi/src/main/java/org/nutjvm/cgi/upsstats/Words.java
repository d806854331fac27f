package org.nutjvm.cgi.upsstats;

import java.util.ArrayList;
import java.util.List;

/// The arguments of a template command (clients/upsstats.c: breakargs): each blank ends one, also an empty one.
final class Words {
    private static final int MOST = 15;

    private Words() {}

    static List<String> of(String text) {
        var words = new ArrayList<String>();
        int start = 0;
        while (start < text.length() && words.size() < MOST) {
            int end = text.indexOf(' ', start);
            if (end < 0) {
                end = text.length();
            }
            words.add(text.substring(start, end));
            start = end + 1;
        }
        return words;
    }
}
