package org.nutjvm.it;

import java.util.List;

/// What a command-line program left behind.
record Result(int exit, String out, String err) {
    List<String> outLines() {
        return out.lines().toList();
    }

    /// The first line of complaint, without C's SSL notice, which says nothing about the request.
    String firstError() {
        return err.lines()
                .filter(line -> !line.startsWith("Init SSL without certificate database"))
                .findFirst()
                .orElse("")
                .replace("no port specified after", "no port number specified after"); // 2.8.0's wording of it
    }
}
