package org.nutjvm.drivers.apcupsd;

import org.nutjvm.drivers.spi.DriverException;

/// Where an apcupsd is, out of `port`: `host`, `host:port`, `[address]:port`
/// (drivers/apcupsd-ups.c: upsdrv_initups).
record NisAddress(String host, int port) {
    private static final int PORT = 3551;

    static NisAddress of(String text) throws DriverException {
        String host = text;
        String rest = text;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw wrong(text, "has an opening bracket, but never a closing one");
            }
            host = text.substring(1, end);
            rest = text.substring(end + 1);
        }
        int colon = rest.lastIndexOf(':');
        int port = PORT;
        if (colon >= 0) {
            port = number(rest.substring(colon + 1));
            if (port < 1 || port > 65_535) {
                throw wrong(text, "has no port from 1 to 65535 behind its colon");
            }
            if (!text.startsWith("[")) {
                host = rest.substring(0, colon);
            }
        }
        return new NisAddress(host.isEmpty() ? "localhost" : host, port);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static DriverException wrong(String text, String why) {
        return new DriverException("invalid host or port specified!\nport = " + text + " " + why
                + "; it has to be host, host:port or [address]:port of an apcupsd");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
