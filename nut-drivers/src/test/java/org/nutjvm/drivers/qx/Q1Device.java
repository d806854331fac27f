package org.nutjvm.drivers.qx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BinaryOperator;
import org.nutjvm.drivers.port.ScriptedLine;
import org.nutjvm.drivers.usb.UsbException;

/// A device on a scripted line that answers questions as published descriptions of their protocols say.
final class Q1Device {
    static final String STATUS = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r";
    static final String RATINGS = "#220.0 000 024.0 50.0\r";
    static final String VENDOR = "#ACME            SMART 1000 VT12046Q  \r";

    final ScriptedLine line = new ScriptedLine();
    /// What it says to a question or command, which have no end here; nothing to those it does not know.
    final Map<String, String> says = new HashMap<>();
    /// What it says first, whatever it is asked.
    final Queue<String> first = new ArrayDeque<>();
    /// What it was asked.
    final List<String> heard = new ArrayList<>();
    /// Whether what it does not know comes back.
    boolean echoes;
    /// What it says to what it does not know: `echo`, `silence`, or this.
    String otherwise = "silence";
    /// Whether its lines have a checksum.
    boolean checksum;
    /// What becomes of its answers on the line.
    BinaryOperator<String> trouble = (asked, answer) -> answer;

    private final StringBuilder hearing = new StringBuilder();

    Q1Device() {
        line.answers = this::hear;
    }

    /// One that speaks megatec.
    static Q1Device megatec() {
        var device = new Q1Device();
        device.says.putAll(Map.of("Q1", STATUS, "F", RATINGS, "I", VENDOR));
        return device;
    }

    /// The driver, with this device's line and no USB.
    static QxProgram program(Q1Device device) {
        return new QxProgram(device.line.port(), () -> {
            throw new UsbException(UsbException.Kind.OTHER, "no USB here");
        });
    }

    private String hear(char c) {
        if (c != '\r') {
            hearing.append(c);
            return "";
        }
        String line = hearing.toString();
        hearing.setLength(0);
        String asked = checksum ? String.valueOf(Checksum.opened(line + "\r")).replace("\r", "") : line;
        heard.add(asked);
        if (!first.isEmpty()) {
            return first.remove();
        }
        String answer = says.get(asked);
        if (answer == null) {
            answer = echoes || otherwise.equals("echo")
                    ? asked + "\r"
                    : otherwise.equals("silence") ? "" : otherwise + "\r";
        }
        return trouble.apply(asked, checksum && !answer.isEmpty() ? Checksum.sealed(answer) : answer);
    }

    /// What it was asked since the last call.
    List<String> heard() {
        var all = List.copyOf(heard);
        heard.clear();
        return all;
    }
}
