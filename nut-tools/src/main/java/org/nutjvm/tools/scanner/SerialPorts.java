package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.tools.shared.Failure;

/// What `-E` takes (tools/nut-scanner/nutscan-serial.c: nutscan_get_serial_ports_list): `auto`, a digit or a letter, a
/// range of them as `0-3`, or devices parted by commas.
final class SerialPorts {
    private static final List<String> FAMILIES = List.of("/dev/ttyS", "/dev/ttyUSB", "/dev/cua");
    private static final String DEVICES = "/dev/";
    private static final int LIMIT = 256;

    private SerialPorts() {}

    /// Whether the ports were named, so that one that does not exist is worth a message.
    static boolean named(String asked) {
        return asked.startsWith(DEVICES);
    }

    static List<String> of(String asked) throws Failure {
        if (asked.startsWith("auto")) {
            return range('0', '9');
        }
        if (named(asked)) {
            var ports = new ArrayList<String>();
            for (String port : asked.replace(' ', ',').split(",", -1)) {
                if (!port.isEmpty() && !ports.contains(port)) {
                    ports.add(port);
                }
            }
            if (ports.size() > LIMIT) {
                throw new Failure("Too many serial ports: at most " + LIMIT + " are searched at once");
            }
            return ports;
        }
        if (asked.length() == 1 && isNumber(asked.charAt(0))) {
            return range(asked.charAt(0), asked.charAt(0));
        }
        if (asked.length() == 3 && asked.charAt(1) == '-') {
            char first = asked.charAt(0);
            char last = asked.charAt(2);
            if (isNumber(first) && isNumber(last) && first <= last) {
                return range(first, last);
            }
        }
        throw new Failure(
                "Serial port range out of bound (must be 0 to 9 or a to z depending on your system): "
                        + Device.clean(asked),
                "-E takes auto, 0, 0-3, /dev/ttyS0 or /dev/ttyS0,/dev/ttyUSB1.");
    }

    private static boolean isNumber(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    }

    private static List<String> range(char first, char last) {
        var ports = new ArrayList<String>();
        for (String family : FAMILIES) {
            for (char c = first; c <= last; c++) {
                ports.add(family + c);
            }
        }
        return ports;
    }
}
