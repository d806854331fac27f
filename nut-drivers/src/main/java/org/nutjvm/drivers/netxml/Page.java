package org.nutjvm.drivers.netxml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one XML document of a card tells.
///
/// @param root its kind: the name of the outermost element, in capitals
/// @param attributes of the outermost element, whatever their case
/// @param urls paths by the element that names them, in capitals, each with `/` in front
/// @param objects names and values, in their order
/// @param client how the card would have clients shut down: attributes of SHUTDOWN
record Page(
        String root,
        Map<String, String> attributes,
        Map<String, String> urls,
        List<Told> objects,
        Map<String, String> client) {
    /// An object and its value.
    record Told(String name, String value) {}

    Page {
        attributes = caseless(attributes);
        urls = new LinkedHashMap<>(urls);
        objects = List.copyOf(objects);
        client = caseless(client);
    }

    private static Map<String, String> caseless(Map<String, String> map) {
        var caseless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(map);
        return caseless;
    }

    /// A path on the card, or null.
    @Nullable
    String url(String element) {
        return urls.get(element);
    }

    boolean is(String name) {
        return root.equals(name);
    }
}
