package org.nutjvm.common.client;

/// Where a UPS is: `upsname[@hostname[:port]]`, or a server alone: `hostname[:port]` (clients/upsclient.c:
/// upscli_splitname, upscli_splitaddr). An IPv6 address stands in brackets: `ups@[::1]:3493`.
///
/// @param ups the device's name in its ups.conf, empty when only a server was named
/// @param host a name or an address, without brackets, not yet looked up
/// @param port 1..65535
public record UpsAddress(String ups, String host, int port) {
    /// The port upsd listens on.
    public static final int DEFAULT_PORT = 3493;

    /// The server asked when none is named.
    public static final String DEFAULT_HOST = "localhost";

    /// A text that is no address. The message is the one upstream writes.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String message;

        Malformed(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    /// Reads `upsname[@hostname[:port]]`.
    public static UpsAddress ofUps(String text) throws Malformed {
        if (text.isEmpty()) {
            throw new Malformed("upscli_splitname: can't parse empty string");
        }
        int at = text.indexOf('@');
        if (at == 0) {
            throw new Malformed("upscli_splitname: got empty upsname string");
        }
        if (at < 0) {
            if (text.indexOf(':') >= 0) {
                throw new Malformed("upscli_splitname: port specified, but not a hostname");
            }
            return new UpsAddress(text, DEFAULT_HOST, DEFAULT_PORT);
        }
        if (at == text.length() - 1) {
            throw new Malformed("upscli_splitname: got the @ separator and then an empty hostname[:port] string");
        }
        return split(text.substring(0, at), text.substring(at + 1));
    }

    /// Reads `hostname[:port]`.
    public static UpsAddress ofServer(String text) throws Malformed {
        if (text.isEmpty()) {
            throw new Malformed("upscli_splitaddr: can't parse empty string");
        }
        return split("", text);
    }

    private static UpsAddress split(String ups, String server) throws Malformed {
        String host;
        String rest;
        if (server.charAt(0) == '[') {
            int close = server.indexOf(']');
            if (close < 0) {
                throw new Malformed("upscli_splitaddr: missing closing bracket in [domain literal]");
            }
            host = server.substring(1, close);
            rest = server.substring(close + 1);
        } else {
            int colon = server.indexOf(':');
            host = colon < 0 ? server : server.substring(0, colon);
            rest = colon < 0 ? "" : server.substring(colon);
        }
        int port = DEFAULT_PORT;
        if (!rest.isEmpty() && rest.charAt(0) == ':') {
            port = number(rest, 1);
            if (port < 1 || port > 65535) {
                throw new Malformed("upscli_splitaddr: no port number specified after ':' separator");
            }
        }
        if (host.isEmpty()) {
            throw new Malformed("upscli_splitaddr: got an empty hostname");
        }
        return new UpsAddress(ups, host, port);
    }

    /// The number at this place as strtol reads it: what follows the digits is not looked at. 0 when there is none.
    private static int number(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        int value = 0;
        for (; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = Math.min(value * 10 + digit, 100_000);
        }
        return value;
    }

    /// The server as one would type it, `host:port`, with brackets where they are needed.
    public String server() {
        String name = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        return name + ':' + port;
    }

    /// The address as one would type it; the port is left out when it is the usual one.
    @Override
    public String toString() {
        String name = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        String server = port == DEFAULT_PORT ? name : name + ':' + port;
        return ups.isEmpty() ? server : ups + '@' + server;
    }
}
