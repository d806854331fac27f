package org.nutjvm.cgi.ups;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where pages get what they show. Only UPSes that hosts.conf names are ever asked for: handlers see to that.
///
/// A program that lives for one request asks the servers itself, within limits of time and size; a server that lives on
/// answers from what it polled.
public interface Upses {
    /// What a UPS says now. The same within one page.
    ///
    /// @param ups `ups[@host[:port]]` as hosts.conf has it
    Reading read(String ups);

    /// A variable of the server itself (`server.info`, `server.version`), which no list of a UPS has; null if unknown.
    @Nullable
    String server(String ups, String name);

    /// Tells that all of these will be read, so that they can be asked at once.
    default void expect(List<String> upses) {}
}
