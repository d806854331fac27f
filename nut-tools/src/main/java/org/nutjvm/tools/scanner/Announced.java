package org.nutjvm.tools.scanner;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// What is known of NUT servers that announce themselves by mDNS (RFC 6763), message by message.
final class Announced {
    /// NUT's kind of service.
    static final Name SERVICE = Name.fromConstantString("_nut._tcp.local.");

    /// What is remembered of a network where somebody talks too much.
    private static final int LIMIT = 256;

    private static final String DEVICE_LIST = "device_list=";

    private final Set<Name> instances = new LinkedHashSet<>();
    private final Map<Name, SRVRecord> places = new LinkedHashMap<>();
    private final Map<Name, TXTRecord> texts = new LinkedHashMap<>();
    private final Map<Name, InetAddress> addresses = new LinkedHashMap<>();

    /// A server that is fully known.
    ///
    /// @param host its name, without the last dot
    /// @param devices as it lists them itself; empty if it does not
    record Server(String host, InetAddress address, int port, List<String> devices) {}

    /// Takes in what an answer says of NUT servers.
    void take(Message message) {
        for (int section : new int[] {Section.ANSWER, Section.ADDITIONAL}) {
            for (Record one : message.getSection(section)) {
                take(one);
            }
        }
    }

    private void take(Record one) {
        switch (one) {
            case PTRRecord pointer
            when pointer.getName().equals(SERVICE) -> {
                if (instances.size() < LIMIT && pointer.getTarget().subdomain(SERVICE)) {
                    instances.add(pointer.getTarget());
                }
            }
            case SRVRecord place when place.getName().subdomain(SERVICE) -> put(places, place.getName(), place);
            case TXTRecord text when text.getName().subdomain(SERVICE) -> put(texts, text.getName(), text);
            case ARecord address -> put(addresses, address.getName(), address.getAddress());
            case AAAARecord address -> {
                if (!addresses.containsKey(address.getName())) {
                    put(addresses, address.getName(), address.getAddress());
                }
            }
            default -> {}
        }
    }

    private static <T> void put(Map<Name, T> map, Name name, @Nullable T value) {
        if (value != null && (map.size() < LIMIT || map.containsKey(name))) {
            map.put(name, value);
        }
    }

    /// What to ask next: for servers, and for what is not known of those that answered.
    List<Record> questions() {
        var questions = new ArrayList<Record>();
        questions.add(question(SERVICE, Type.PTR));
        for (Name instance : instances) {
            SRVRecord place = places.get(instance);
            if (place == null) {
                questions.add(question(instance, Type.SRV));
            } else if (!addresses.containsKey(place.getTarget())) {
                questions.add(question(place.getTarget(), Type.A));
                questions.add(question(place.getTarget(), Type.AAAA));
            }
            if (!texts.containsKey(instance)) {
                questions.add(question(instance, Type.TXT));
            }
        }
        return questions;
    }

    private static Record question(Name name, int type) {
        return Record.newRecord(name, type, DClass.IN);
    }

    /// The servers whose place is known.
    List<Server> servers() {
        var servers = new ArrayList<Server>();
        for (Name instance : instances) {
            SRVRecord place = places.get(instance);
            InetAddress address = place == null ? null : addresses.get(place.getTarget());
            if (place != null && address != null) {
                var server = new Server(
                        place.getTarget().toString(true), address, place.getPort(), devices(texts.get(instance)));
                if (!servers.contains(server)) {
                    servers.add(server);
                }
            }
        }
        return servers;
    }

    private static List<String> devices(@Nullable TXTRecord text) {
        var devices = new ArrayList<String>();
        if (text != null) {
            for (byte[] bytes : text.getStringsAsByteArrays()) {
                String entry = new String(bytes, StandardCharsets.ISO_8859_1);
                if (entry.startsWith(DEVICE_LIST)) {
                    for (String device : entry.substring(DEVICE_LIST.length()).split(";", -1)) {
                        if (!device.isEmpty() && !devices.contains(device)) {
                            devices.add(device);
                        }
                    }
                }
            }
        }
        return devices;
    }
}
