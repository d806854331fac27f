package org.nutjvm.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// An APC Smart-UPS 1000I as the published descriptions of the UPS-Link protocol have it. It keeps what it heard, and
/// can
/// be made to answer badly.
final class SmartUps implements IntFunction<byte[]> {
    /// How the next answers come.
    enum Mood {
        GOOD,
        /// Without their second half and their end.
        HALF,
        /// With a byte that noise made.
        NOISY
    }

    private static final String CHARACTERS =
            "\u0001\u000c\u000e\u001a'-789<>@ABCDEFGKLMNOPQRSUVWXYZ^abcefgjklmnopqrsuvxyz~";
    private static final String CAPABILITIES = "#uI43253264271280lI43208196188204e44200155090oI43230240220225"
            + "s441HMLLq44202050710p443020180300600r443000060180300k4410TLNE443336168ON OFFuM43229234239224";
    private static final Map<Character, List<String>> CYCLES = Map.of(
            'u', List.of("253", "264", "271", "280"),
            'l', List.of("208", "196", "188", "204"),
            'e', List.of("00", "15", "50", "90"),
            'o', List.of("230", "240", "220", "225"),
            's', List.of("H", "M", "L", "L"),
            'q', List.of("02", "05", "07", "10"),
            'p', List.of("020", "180", "300", "600"),
            'r', List.of("000", "060", "180", "300"),
            'k', List.of("0", "T", "L", "N"),
            'E', List.of("336", "168", "ON ", "OFF"));

    private final Map<Character, String> values = new TreeMap<>(Map.ofEntries(
            Map.entry((char) 1, "SMART-UPS 1000"),
            Map.entry((char) 12, "E"),
            Map.entry('7', "08"),
            Map.entry('8', "06,07,00"),
            Map.entry('9', "FF"),
            Map.entry('<', "000"),
            Map.entry('>', "001"),
            Map.entry('B', "27.60"),
            Map.entry('C', "036.5"),
            Map.entry('F', "50.00"),
            Map.entry('G', "T"),
            Map.entry('L', "231.8"),
            Map.entry('M', "233.2"),
            Map.entry('N', "229.6"),
            Map.entry('O', "231.8"),
            Map.entry('P', "023.4"),
            Map.entry('V', "IWI"),
            Map.entry('X', "OK"),
            Map.entry('b', "60.11.I"),
            Map.entry('c', "bessie"),
            Map.entry('f', "100.0"),
            Map.entry('g', "024"),
            Map.entry('j', "0055:"),
            Map.entry('m', "11/15/98"),
            Map.entry('n', "QS9847320518"),
            Map.entry('v', "10.5.D"),
            Map.entry('x', "11/15/98"),
            Map.entry('y', "(C) APCC")));
    private final Map<Character, Integer> at = new TreeMap<>();
    private final StringBuilder heard = new StringBuilder();
    private final List<Byte> text = new ArrayList<>();
    private char last;
    private int digits;
    private int status = 0x08;
    private Mood mood = Mood.GOOD;

    SmartUps() {
        CYCLES.keySet().forEach(c -> at.put(c, 0));
    }

    /// All bytes so far, control characters as `<hh>`.
    synchronized String heard() {
        return heard.toString();
    }

    synchronized void mood(Mood next) {
        mood = next;
    }

    synchronized void status(int bits) {
        status = bits;
    }

    @Override
    public synchronized byte[] apply(int c) {
        return hear((char) c).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String hear(char c) {
        heard.append(
                c > ' ' && c < 0x7f ? String.valueOf(c) : "<" + HexFormat.of().toHexDigits((byte) c) + ">");
        char before = last;
        last = c;
        if (!text.isEmpty() || (c == '-' && (before == 'c' || before == 'x'))) {
            return write(before, c);
        }
        if (digits == 0) {
            return order(before, c);
        }
        if (c < '0' || c > '9') {
            digits = 0;
            return said("NO");
        }
        digits--;
        return digits == 0 ? said("OK") : "";
    }

    /// `c-` and eight bytes.
    private String write(char before, char c) {
        if (text.isEmpty()) {
            text.add((byte) before);
            return "";
        }
        text.add((byte) c);
        if (text.size() < 9) {
            return "";
        }
        var value = new StringBuilder();
        text.subList(1, 9).forEach(b -> value.append(b == '\r' ? "" : String.valueOf((char) (byte) b)));
        values.put((char) (byte) text.getFirst(), value.toString());
        text.clear();
        return said("OK");
    }

    private String order(char before, char c) {
        return switch (c) {
            case 'Y' -> said("SM");
            case 'R' -> said("BYE");
            case 'Q' -> said(HexFormat.of().withUpperCase().toHexDigits((byte) status));
            case 'a' -> said("3.!$%+?=#|." + CHARACTERS);
            case 26 -> said(CAPABILITIES);
            case '-' -> {
                boolean cycles = CYCLES.containsKey(before);
                if (cycles) {
                    at.merge(before, 1, Integer::sum);
                }
                yield said(cycles ? "OK" : "NO");
            }
            case '@' -> {
                digits = 3;
                yield "";
            }
            case 'D' -> {
                status ^= 1;
                yield said("OK");
            }
            case 'A', 'U', 'W', '^' -> said("OK");
            case 'S' -> said((status & 0x10) != 0 ? "*" : "NA");
            case 'K' -> {
                if (before != 'K') {
                    yield "";
                }
                last = 0;
                yield said("*");
            }
            case 'Z', 14 -> {
                last = before == c ? 0 : c;
                yield "";
            }
            default -> {
                var cycle = CYCLES.get(c);
                yield said(
                        cycle == null ? values.getOrDefault(c, "NA") : cycle.get(at.getOrDefault(c, 0) % cycle.size()));
            }
        };
    }

    private String said(String answer) {
        String line = answer.equals("*") ? "*" : answer + "\r\n";
        return switch (mood) {
            case GOOD -> line;
            case HALF -> answer.substring(0, (answer.length() + 1) / 2);
            case NOISY -> answer.substring(0, answer.length() / 2) + "\u00f3" + line.substring(answer.length() / 2);
        };
    }
}
