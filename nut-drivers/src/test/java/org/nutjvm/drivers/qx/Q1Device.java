package org.nutjvm.drivers.qx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.nutjvm.drivers.port.ScriptedLine;

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

    private String hear(char c) {
        if (c != '\r') {
            hearing.append(c);
            return "";
        }
        String asked = hearing.toString();
        hearing.setLength(0);
        heard.add(asked);
        if (!first.isEmpty()) {
            return first.remove();
        }
        return says.getOrDefault(asked, echoes ? asked + "\r" : "");
    }

    /// What it was asked since the last call.
    List<String> heard() {
        var all = List.copyOf(heard);
        heard.clear();
        return all;
    }
}
