package org.nutjvm.tools.scanner;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Numbers;

/// What the command line asks for (tools/nut-scanner/nut-scanner.c: main).
///
/// @param buses what is searched
/// @param unavailable of what was asked for by name, what this program cannot search
/// @param targets addresses to ask
/// @param timeout for an answer from the network
/// @param inFlight at most so many addresses are waited for at the same time
/// @param port of NUT servers
/// @param usbDetail 0 to 3: which of a USB device's places count
/// @param serialPorts which are tried; empty for none
/// @param quiet leaves out what is being searched
/// @param remarks for the user, before anything is searched
record Options(
        Set<Bus> buses,
        List<String> unavailable,
        List<InetAddress> targets,
        Duration timeout,
        int inFlight,
        int port,
        int usbDetail,
        SnmpAccess snmp,
        String serialPorts,
        Listing.Form form,
        boolean quiet,
        List<String> remarks) {
    private static final int USUAL_TIMEOUT_SECONDS = 5;
    private static final int LONGEST_TIMEOUT_SECONDS = 3600;
    private static final int USUAL_IN_FLIGHT = 256;
    private static final int MOST_IN_FLIGHT = 1024;
    private static final int MOST_USB_DETAIL = 3;

    /// What `-a` prints.
    static final List<String> AVAILABLE = List.of("OLDNUT", "USB", "SNMP", "XML", "AVAHI", "EATON_SERIAL");

    static NutCli cli() {
        return new NutCli("nut-scanner", "Looks for UPSes and the like, and writes sections of ups.conf for them.")
                .usage("[OPTIONS]")
                .flag('C', "complete_scan", "search everything but serial ports: the rule if nothing is chosen")
                .flag(
                        'U',
                        "usb_scan",
                        "search USB; the second and third -U also set the places where devices are\n"
                                + "plugged in (bus, busport; device), which may change, the fourth notes the release")
                .flag('S', "snmp_scan", "search SNMP agents at the addresses given")
                .flag('M', "xml_scan", "search devices that speak XML by HTTP, by broadcast or at the addresses given")
                .flag('O', "oldnut_scan", "search NUT servers at the addresses given")
                .flag('A', "avahi_scan", "search NUT servers that make themselves known (mDNS, as Avahi)")
                .flag('n', "nut_simulation_scan", "search data files for dummy-ups (.dev, .seq) beside ups.conf")
                .flag('I', "ipmi_scan", "not available: power supplies by IPMI")
                .flag('J', "upower_scan", "not available: what UPower knows")
                .value(
                        'E',
                        "eaton_serial",
                        "<ports>",
                        "search serial ports for Eaton devices (SHUT, XCP, Q1): auto, a digit or a range\n"
                                + "of them, as 0-3, or devices parted by commas")
                .value(
                        'T',
                        "thread",
                        "<count>",
                        "wait for at most so many addresses at a time (default: " + USUAL_IN_FLIGHT + ", at most "
                                + MOST_IN_FLIGHT + ")")
                .value('t', "timeout", "<secs>", "wait so long for an answer (default: " + USUAL_TIMEOUT_SECONDS + ")")
                .value('s', "start_ip", "<address>", "the first address to ask, or the only one")
                .value('e', "end_ip", "<address>", "the last one")
                .value(
                        'm',
                        "mask_cidr",
                        "<network>",
                        "the addresses of a network, as 192.168.1.0/24; auto, auto4 or auto6: of all networks\n"
                                + "this machine is in, up to 8 bits of hosts, or as many as in auto/10")
                .value('c', "community", "<name>", "SNMPv1: the community (default: public)")
                .value('l', "secLevel", "<level>", "SNMPv3: noAuthNoPriv, authNoPriv or authPriv")
                .value('u', "secName", "<name>", "SNMPv3: the user")
                .value('w', "authProtocol", "<protocol>", "SNMPv3: MD5 (the default), SHA, SHA256, SHA384 or SHA512")
                .value('W', "authPassword", "<password>", "SNMPv3: the password that goes with it")
                .value('x', "privProtocol", "<protocol>", "SNMPv3: DES (the default), AES, AES192 or AES256")
                .value('X', "privPassword", "<password>", "SNMPv3: the password that goes with it")
                .value('b', "username", "<name>", "") // of IPMI: taken and left out of the help
                .value('B', "password", "<password>", "")
                .value('d', "authType", "<type>", "")
                .value('L', "cipher_suite_id", "<id>", "")
                .value('p', "port", "<port>", "the port of NUT servers (default: " + UpsAddress.DEFAULT_PORT + ")")
                .flag(
                        'Q',
                        "disp_nut_conf_with_sanity_check",
                        "write ups.conf, with comments on what looks wrong (default)")
                .flag('N', "disp_nut_conf", "write ups.conf")
                .flag('P', "disp_parsable", "write a line for each device")
                .flag('j', "json", "write JSON")
                .flag('h', "help", "print this help")
                .flag('V', "version", "print the version")
                .flag('a', "available", "print what can be searched")
                .flag('q', "quiet", "do not say what is being searched")
                .flag('D', "nut_debug_level", "say more about what happens; repeat for more")
                .note("""
                        -s, -e and -m may be repeated, for several ranges; a first or last address without its fellow
                        is a range of one. All searches go on at the same time. With silent addresses one takes the
                        time-out for each -T of them: 5 seconds for a network of 256 addresses. At most %d addresses
                        are asked in one go.""".formatted(Targets.LIMIT));
    }

    /// Reads a line without complaint.
    static Options of(CommandLine line) throws Failure {
        var remarks = new ArrayList<String>();
        for (String operand : line.operands()) {
            remarks.add("nut-scanner takes no arguments without a letter: '" + Device.clean(operand) + "' is ignored");
        }
        SnmpAccess snmp = SnmpAccess.of(line);
        var unavailable = new ArrayList<String>();
        Set<Bus> buses = buses(line, unavailable);
        return new Options(
                buses,
                unavailable,
                new Ranges(remarks).of(line),
                timeout(line, remarks),
                inFlight(line, remarks),
                port(line),
                Math.clamp(line.count('U') - 1, 0, MOST_USB_DETAIL),
                snmp,
                line.last('E', ""),
                form(line),
                line.has('q'),
                remarks);
    }

    private static Set<Bus> buses(CommandLine line, List<String> unavailable) {
        var buses = EnumSet.noneOf(Bus.class);
        boolean all = true;
        for (CommandLine.Option option : line.options()) {
            Bus bus = bus(option.letter());
            if (bus != null) {
                buses.add(bus);
                all = false;
            } else if (option.letter() == 'I') {
                unavailable.add("IPMI");
                all = false;
            } else if (option.letter() == 'J') {
                unavailable.add("UPower");
                all = false;
            }
        }
        if (all || line.has('C')) {
            buses.addAll(EnumSet.complementOf(EnumSet.of(Bus.SERIAL)));
        }
        return buses;
    }

    private static @Nullable Bus bus(char letter) {
        return switch (letter) {
            case 'U' -> Bus.USB;
            case 'S' -> Bus.SNMP;
            case 'M' -> Bus.XML;
            case 'O' -> Bus.NUT;
            case 'A' -> Bus.AVAHI;
            case 'n' -> Bus.SIMULATION;
            case 'E' -> Bus.SERIAL;
            default -> null;
        };
    }

    private static Duration timeout(CommandLine line, List<String> remarks) {
        String given = line.last('t', Integer.toString(USUAL_TIMEOUT_SECONDS));
        int seconds = Numbers.unsigned(given);
        if (seconds < 1 || seconds > LONGEST_TIMEOUT_SECONDS) {
            remarks.add("Illegal timeout value, using default " + USUAL_TIMEOUT_SECONDS + "s (-t takes 1 to "
                    + LONGEST_TIMEOUT_SECONDS + ")");
            seconds = USUAL_TIMEOUT_SECONDS;
        }
        return Duration.ofSeconds(seconds);
    }

    private static int inFlight(CommandLine line, List<String> remarks) {
        String given = line.last('T', Integer.toString(USUAL_IN_FLIGHT));
        int count = Numbers.unsigned(given);
        if (count < 1) {
            remarks.add("WARNING: Requested max scanning thread count " + Device.clean(given)
                    + " is out of range, using default " + USUAL_IN_FLIGHT);
            return USUAL_IN_FLIGHT;
        }
        if (count > MOST_IN_FLIGHT) {
            remarks.add("WARNING: Requested max scanning thread count " + Device.clean(given)
                    + " is more than makes sense, constraining to " + MOST_IN_FLIGHT);
        }
        return Math.min(count, MOST_IN_FLIGHT);
    }

    private static int port(CommandLine line) throws Failure {
        String given = line.last('p', Integer.toString(UpsAddress.DEFAULT_PORT));
        int port = Numbers.unsigned(given);
        if (port < 1 || port > 65_535) {
            throw new Failure("Bad port: " + Device.clean(given), "-p takes a number from 1 to 65535.");
        }
        return port;
    }

    private static Listing.Form form(CommandLine line) {
        var form = Listing.Form.CHECKED;
        for (CommandLine.Option option : line.options()) {
            form = switch (option.letter()) {
                case 'Q' -> Listing.Form.CHECKED;
                case 'N' -> Listing.Form.PLAIN;
                case 'P' -> Listing.Form.PARSABLE;
                case 'j' -> Listing.Form.JSON;
                default -> form;
            };
        }
        return form;
    }

    /// Reads -s, -e and -m, which belong together in the order in which they are given.
    private static final class Ranges {
        private final List<String> remarks;
        private final Targets targets = new Targets();
        private @Nullable String start;
        private @Nullable String end;
        private boolean auto;

        Ranges(List<String> remarks) {
            this.remarks = remarks;
        }

        List<InetAddress> of(CommandLine line) throws Failure {
            for (CommandLine.Option option : line.options()) {
                switch (option.letter()) {
                    case 's' -> start(option.value());
                    case 'e' -> end(option.value());
                    case 'm' -> network(option.value());
                    default -> {}
                }
            }
            finish();
            return targets.all();
        }

        private void start(String address) throws Failure {
            if (start != null) {
                finish();
            }
            start = address;
            if (end != null) {
                finish();
            }
        }

        private void end(String address) throws Failure {
            if (end != null) {
                finish();
            }
            end = address;
            if (start != null) {
                finish();
            }
        }

        private void network(String word) throws Failure {
            finish();
            if (!AutoNets.isMeantBy(word)) {
                targets.add("-m " + word, IpRange.cidr(word));
                return;
            }
            if (auto) {
                remarks.add("Duplicate request for connected subnet scan ignored");
                return;
            }
            auto = true;
            var reasons = new ArrayList<String>();
            List<IpRange> found = AutoNets.of(word).find(reasons);
            for (IpRange range : found) {
                targets.add("-m " + word, range);
            }
            if (found.isEmpty()) {
                remarks.add("WARNING: A '-m auto*' request selected no subnets! Left out: "
                        + (reasons.isEmpty() ? "there are none" : String.join("; ", reasons)));
            }
        }

        private void finish() throws Failure {
            String one = start != null ? start : end;
            String other = end != null ? end : start;
            start = null;
            end = null;
            if (one != null && other != null) {
                String option = one.equals(other) ? "-s " + one : "-s " + one + " -e " + other;
                targets.add(option, IpRange.between(one, other));
            }
        }
    }
}
