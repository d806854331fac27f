package org.nutjvm.cgi.board;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;

/// What came of asking a server about a UPS once.
///
/// @param clients who is logged in, or null if the server does not tell
/// @param server variables of the server itself
public record Polled(Reading reading, @Nullable List<String> clients, SequencedMap<String, String> server) {}
