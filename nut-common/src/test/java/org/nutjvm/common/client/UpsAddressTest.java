package org.nutjvm.common.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.client.UpsAddress.Malformed;

class UpsAddressTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            ups,                        ups, localhost, 3493
            ups@host,                   ups, host, 3493
            ups@host:1234,              ups, host, 1234
            ups@[::1],                  ups, ::1, 3493
            ups@[::1]:1234,             ups, ::1, 1234
            ups@[fe80::1%eth0]:1,       ups, fe80::1%eth0, 1
            ups@[host]:65535,           ups, host, 65535
            ups@[::1]junk,              ups, ::1, 3493
            ups@host:12junk,            ups, host, 12
            'ups@host: 12',             ups, host, 12
            'my ups@host',              my ups, host, 3493
            a:b@host,                   a:b, host, 3493
            ups@host@x,                 ups, host@x, 3493
            """)
    void upsWithServer(String text, String ups, String host, int port) throws Malformed {
        assertEquals(new UpsAddress(ups, host, port), UpsAddress.ofUps(text));
    }

    @ParameterizedTest
    @CsvSource({"host, host, 3493", "host:99, host, 99", "[::1]:99, ::1, 99", "10.0.0.1, 10.0.0.1, 3493"})
    void serverAlone(String text, String host, int port) throws Malformed {
        assertEquals(new UpsAddress("", host, port), UpsAddress.ofServer(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | upscli_splitname: can't parse empty string
            @             | upscli_splitname: got empty upsname string
            @host         | upscli_splitname: got empty upsname string
            ups:3493      | upscli_splitname: port specified, but not a hostname
            ups@          | upscli_splitname: got the @ separator and then an empty hostname[:port] string
            ups@[::1      | upscli_splitaddr: missing closing bracket in [domain literal]
            ups@[::1]:    | upscli_splitaddr: no port number specified after ':' separator
            ups@host:     | upscli_splitaddr: no port number specified after ':' separator
            ups@host:0    | upscli_splitaddr: no port number specified after ':' separator
            ups@host:-1   | upscli_splitaddr: no port number specified after ':' separator
            ups@host:nut  | upscli_splitaddr: no port number specified after ':' separator
            ups@host:65536       | upscli_splitaddr: no port number specified after ':' separator
            ups@host:18446744073709555109 | upscli_splitaddr: no port number specified after ':' separator
            ups@::1       | upscli_splitaddr: no port number specified after ':' separator
            ups@[]        | upscli_splitaddr: got an empty hostname
            ups@:3493     | upscli_splitaddr: got an empty hostname
            """)
    void malformed(String text, String message) {
        assertEquals(
                message,
                assertThrows(Malformed.class, () -> UpsAddress.ofUps(text)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"ups", "ups@host", "ups@host:99", "ups@[::1]", "ups@[::1]:99"})
    void textIsReadBackTheSame(String text) throws Malformed {
        var address = UpsAddress.ofUps(text);
        assertEquals(address, UpsAddress.ofUps(address.toString()));
    }
}
