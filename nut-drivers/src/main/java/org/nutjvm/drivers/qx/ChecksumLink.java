package org.nutjvm.drivers.qx;

import java.io.IOException;

/// A link on which all lines have a {@link Checksum}. An answer whose checksum is wrong has no end.
///
/// @param link what carries them
record ChecksumLink(QxLink link) implements QxLink {
    /// The link that a protocol wants.
    static QxLink of(Protocol protocol, QxLink link) {
        return protocol.checksum() ? new ChecksumLink(link) : link;
    }

    @Override
    public void open() throws IOException {
        link.open();
    }

    @Override
    public String ask(String question) throws IOException {
        String answer = link.ask(Checksum.sealed(question));
        String text = Checksum.opened(answer);
        return text == null ? answer.replace("\r", "") : text;
    }

    @Override
    public void quiet() throws IOException {
        link.quiet();
    }

    @Override
    public void close() {
        link.close();
    }
}
