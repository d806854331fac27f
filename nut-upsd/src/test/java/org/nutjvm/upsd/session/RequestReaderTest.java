package org.nutjvm.upsd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.upsd.session.RequestReader.Found;

class RequestReaderTest {
    private final RequestReader reader = new RequestReader();

    private Found read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return reader.read(bytes, 0, bytes.length);
    }

    @Test
    void aLineEndsAtItsNewline() {
        assertEquals(Found.LINE, read("GET VAR a b\nVER\n"));
        assertEquals(List.of("GET", "VAR", "a", "b"), reader.words());
        assertEquals(12, reader.next());
    }

    @Test
    void anUnfinishedLineIsNotFound() {
        assertEquals(Found.NOTHING, read("GET VAR a b"));
        assertEquals(Found.NOTHING, read("GET VAR \"a\nb"));
        assertEquals(Found.NOTHING, read(""));
    }

    @Test
    void carriageReturnsAreBlanks() {
        assertEquals(Found.LINE, read("VER\r\n"));
        assertEquals(List.of("VER"), reader.words());
    }

    @Test
    void whatAQuoteMustNotHoldEndsAtTheNewline() {
        assertEquals(Found.MALFORMED, read("SET VAR a b \"c#d\"\nVER\n"));
        assertEquals(18, reader.next());
        assertEquals(Found.NOTHING, read("SET VAR a b \"c#d\""));
    }

    @Test
    void fourThousandBytesAreTooLong() {
        assertEquals(Found.NOTHING, read("A".repeat(RequestReader.LINE_LIMIT - 1)));
        assertEquals(Found.TOO_LONG, read("A".repeat(RequestReader.LINE_LIMIT)));
        assertEquals(RequestReader.LINE_LIMIT, reader.next());
        assertEquals(Found.LINE, read("A".repeat(RequestReader.LINE_LIMIT - 1) + "\n"));
        assertEquals(Found.TOO_LONG, read("A".repeat(RequestReader.LINE_LIMIT) + "\n"));
        assertEquals(Found.TOO_LONG, read("\"" + "\n".repeat(RequestReader.LINE_LIMIT)));
    }

    @Test
    void controlBytesMakeALineBinary() {
        assertEquals(Found.BINARY, read("\0\1\2\3\4\n"));
        assertEquals(Found.LINE, read("VER\0\n"));
        assertEquals(List.of("VER"), reader.words());
    }

    @Test
    void bytesAboveAsciiAreDropped() {
        assertEquals(Found.LINE, read("GET VAR \u00e4a b\n"));
        assertEquals(List.of("GET", "VAR", "a", "b"), reader.words());
    }
}
