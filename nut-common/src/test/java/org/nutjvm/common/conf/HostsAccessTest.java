package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsAccessTest {
    private static HostsAccess hosts(String allow, String deny) {
        return HostsAccess.of(allow, deny, "/etc/hosts.allow", "/etc/hosts.deny");
    }

    private static byte[] ip(String address) {
        return Ip.bytes(address).orElseThrow();
    }

    private static boolean may(HostsAccess hosts, String address) {
        return hosts.mayLogIn("mon", ip(address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upsd: 192.0.2.7              | 192.0.2.7       | true",
                "upsd: 192.0.2.7              | 192.0.2.8       | false",
                "upsd : 192.0.2.              | 192.0.2.255     | true",
                "upsd : 192.0.2.              | 192.0.3.1       | false",
                "ALL: 192.0.2.0/25            | 192.0.2.127     | true",
                "ALL: 192.0.2.0/25            | 192.0.2.128     | false",
                "upsd: 192.0.2.0/255.255.255.128 | 192.0.2.128  | false",
                "upsd: 10. , 192.0.2.1        | 10.255.0.1      | true",
                "sshd, upsd: ALL              | 203.0.113.1     | true",
                "sshd: ALL                    | 203.0.113.1     | false",
                "ALL EXCEPT upsd: ALL         | 203.0.113.1     | false",
                "ALL EXCEPT sshd: ALL         | 203.0.113.1     | true",
                "upsd: ALL EXCEPT 203.0.113.0/24 | 203.0.113.1  | false",
                "upsd: ALL EXCEPT 203.0.113.0/24 | 192.0.2.1    | true",
                "upsd: LOCAL                  | 127.0.0.1       | true",
                "upsd: LOCAL                  | ::1             | true",
                "upsd: LOCAL                  | 192.0.2.1       | false",
                "upsd: [2001:db8::]/32        | 2001:db8:1::5   | true",
                "upsd: [2001:db8::]/32        | 2001:db9::5     | false",
                "upsd: mon@192.0.2.7          | 192.0.2.7       | true",
                "upsd: admin@192.0.2.7        | 192.0.2.7       | false",
                "upsd: 192.0.2.7 : DENY       | 192.0.2.7       | false",
                "upsd: .example.org           | 192.0.2.7       | false",
                "upsd: ALL EXCEPT .example.org | 192.0.2.7      | false"
            })
    void theFirstRuleThatFitsDecides(String rule, String address, boolean granted) {
        assertEquals(granted, may(hosts(rule, "ALL: ALL"), address));
    }

    @Test
    void anIpv4AddressWithinIpv6IsIpv4() {
        byte[] mapped = ip("::ffff:c000:207");
        assertTrue(hosts("upsd: 192.0.2.7", "ALL: ALL").mayLogIn("mon", mapped));
    }

    @Test
    void withoutRulesEverybodyMay() {
        assertTrue(may(hosts("", ""), "203.0.113.1"));
        assertTrue(may(hosts("# comment\n\nsshd: ALL\n", "sshd: ALL\n"), "203.0.113.1"));
        assertTrue(hosts("", "").open());
    }

    @Test
    void whatIsNotKnownKeepsOut() {
        var named = hosts("", "upsd: .example.org, 192.0.2.1");
        assertEquals(false, may(named, "203.0.113.1"));
        String told = named.complaints().getFirst().text();
        assertTrue(told.startsWith("/etc/hosts.deny:1: .example.org: clients are not looked up by name"), told);
        assertTrue(may(hosts("", "ALL: PARANOID"), "203.0.113.1"), "nobody is looked up, so nobody is found out");
    }

    @Test
    void linesGoOnAfterABackslashAndCommandsAreNotRun() {
        var hosts = hosts("upsd: 192.0.2.1, \\\n  192.0.2.2 : spawn (echo %c) : ALLOW\n", "ALL: ALL");
        assertTrue(may(hosts, "192.0.2.2"));
        assertEquals("/etc/hosts.allow:1", hosts.complaints().getFirst().text().substring(0, 18));
        assertEquals(1, hosts("nonsense\n", "").complaints().size());
    }

    @Test
    void complaintsAreFitForALog() {
        String told = hosts("", "upsd: evil\u0082\u001b[2J.example.org")
                .complaints()
                .getFirst()
                .text();
        assertTrue(told.startsWith("/etc/hosts.deny:1: evil??[2J.example.org: "), told);
    }
}
