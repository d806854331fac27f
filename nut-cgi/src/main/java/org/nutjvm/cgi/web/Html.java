package org.nutjvm.cgi.web;

/// Texts that must not become markup. What comes from a UPS, a driver, a server or a browser goes through here.
public final class Html {
    private static final String HEX = "0123456789ABCDEF";

    private Html() {}

    /// The text as text of a page or as the value of an attribute in quotes.
    public static String text(String text) {
        int i = 0;
        while (i < text.length() && harmless(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16);
        for (i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (harmless(c)) {
                escaped.append(c);
            } else {
                escape(escaped, c);
            }
        }
        return escaped.toString();
    }

    /// The name of a variable or command as text, with places where a narrow column may break it.
    public static String name(String name) {
        return text(name).replace(".", ".<wbr>").replace("_", "_<wbr>");
    }

    /// The same, but what looks like a character's name or number stays: configuration files are plain ASCII, so that
    /// `&uuml;` is the only way to write an umlaut there.
    public static String textWithEntities(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (harmless(c) || (c == '&' && entity(text, i + 1))) {
                escaped.append(c);
            } else {
                escape(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static boolean harmless(char c) {
        return c != '<' && c != '>' && c != '&' && c != '"' && c != '\'';
    }

    private static void escape(StringBuilder to, char c) {
        switch (c) {
            case '<' -> to.append("&lt;");
            case '>' -> to.append("&gt;");
            case '&' -> to.append("&amp;");
            case '"' -> to.append("&quot;");
            default -> to.append("&#39;");
        }
    }

    private static boolean entity(String text, int start) {
        int i = start;
        if (i < text.length() && text.charAt(i) == '#') {
            i++;
        }
        int name = i;
        while (i < text.length() && i - name < 32 && letterOrDigit(text.charAt(i))) {
            i++;
        }
        return i > name && i < text.length() && text.charAt(i) == ';';
    }

    private static boolean letterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// The text as the value of a field of an address, in an attribute. What names of UPSes, hosts and files are made
    /// of
    /// stays as it is.
    public static String query(String text) {
        var encoded = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (letterOrDigit(c) || "-._~@:/[]".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt((c >> 4) & 15)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
