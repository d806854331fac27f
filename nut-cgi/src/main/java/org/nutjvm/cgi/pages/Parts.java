package org.nutjvm.cgi.pages;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import org.nutjvm.cgi.web.Json;

/// The parts of a page that change, by the id of the element they are in.
///
/// @param frame a sum of what stands around them: when that changes, parts alone are not enough
/// @param markup by id, everything in it escaped already
public record Parts(String frame, SequencedMap<String, String> markup) {
    /// Parts within a frame.
    ///
    /// @param frame all of it that may change, as text
    static Parts within(String frame, SequencedMap<String, String> markup) {
        var sum = new CRC32();
        sum.update(frame.getBytes(StandardCharsets.ISO_8859_1));
        return new Parts(Long.toHexString(sum.getValue()), markup);
    }

    /// A part with empty cells, which are the parts behind it.
    static final String TABLE = "vars";

    /// Has pages load themselves anew.
    public static final String RELOAD = "event: reload\ndata: {}\n\n";

    /// News for pages that show what was before: an event of `text/event-stream`. Nothing if there is none.
    ///
    /// @param before what the pages show; an empty map has all parts sent
    public String news(Map<String, String> before) {
        var changed = new LinkedHashMap<String, String>();
        boolean inNewTable = false;
        for (Map.Entry<String, String> part : markup.entrySet()) {
            boolean differs = !part.getValue().equals(before.get(part.getKey()));
            inNewTable |= differs && part.getKey().equals(TABLE);
            if (differs || inNewTable) {
                changed.put(part.getKey(), part.getValue());
            }
        }
        if (changed.isEmpty()) {
            return "";
        }
        var event = new StringBuilder(256);
        event.append("event: parts\ndata: {");
        boolean first = true;
        for (Map.Entry<String, String> part : changed.entrySet()) {
            Json.field(event.append(first ? "" : ", "), part.getKey(), part.getValue());
            first = false;
        }
        return event.append("}\n\n").toString();
    }
}
