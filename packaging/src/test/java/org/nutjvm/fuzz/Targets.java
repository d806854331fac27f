package org.nutjvm.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.nutjvm.cgi.upsset.UpssetFuzz;
import org.nutjvm.common.client.HostileServerFuzz;
import org.nutjvm.common.conf.AccessFuzz;
import org.nutjvm.drivers.apcsmart.ApcSmartFuzz;
import org.nutjvm.drivers.apcupsd.ApcupsdFuzz;
import org.nutjvm.drivers.dummy.DummyFileFuzz;
import org.nutjvm.drivers.hid.HidDescriptorFuzz;
import org.nutjvm.drivers.hidups.HidDeviceFuzz;
import org.nutjvm.drivers.hidups.HidTableFuzz;
import org.nutjvm.drivers.netxml.NetXmlFuzz;
import org.nutjvm.drivers.nhs.NhsFuzz;
import org.nutjvm.drivers.powercom.PowercomFuzz;
import org.nutjvm.drivers.qx.QxAnswersFuzz;
import org.nutjvm.drivers.qx.QxTableFuzz;
import org.nutjvm.drivers.shut.ShutFuzz;
import org.nutjvm.drivers.snmp.SnmpAnswersFuzz;
import org.nutjvm.drivers.snmp.SnmpTableFuzz;
import org.nutjvm.drivers.snmp.agent.SnmpDatagramFuzz;
import org.nutjvm.drivers.tripplite.TrippliteFuzz;
import org.nutjvm.upsd.session.DriverDialogueFuzz;
import org.nutjvm.upsd.session.DriverSocketFuzz;
import org.nutjvm.upsd.session.RequestsFuzz;

/// Everything that is fed hostile input. A target is a class with a method that takes an input and throws when
/// something does not hold; Jazzer finds it by its name.
final class Targets {
    private static final Map<Class<?>, Consumer<byte[]>> ALL = new LinkedHashMap<>();

    static {
        ALL.put(LexerFuzz.class, LexerFuzz::fuzzerTestOneInput);
        ALL.put(AccessFuzz.class, AccessFuzz::fuzzerTestOneInput);
        ALL.put(ConfFuzz.class, ConfFuzz::fuzzerTestOneInput);
        ALL.put(RequestsFuzz.class, RequestsFuzz::fuzzerTestOneInput);
        ALL.put(DriverSocketFuzz.class, DriverSocketFuzz::fuzzerTestOneInput);
        ALL.put(DriverDialogueFuzz.class, DriverDialogueFuzz::fuzzerTestOneInput);
        ALL.put(DriverRequestFuzz.class, DriverRequestFuzz::fuzzerTestOneInput);
        ALL.put(HostileServerFuzz.class, HostileServerFuzz::fuzzerTestOneInput);
        ALL.put(HidDescriptorFuzz.class, HidDescriptorFuzz::fuzzerTestOneInput);
        ALL.put(HidDeviceFuzz.class, HidDeviceFuzz::fuzzerTestOneInput);
        ALL.put(HidTableFuzz.class, HidTableFuzz::fuzzerTestOneInput);
        ALL.put(SnmpAnswersFuzz.class, SnmpAnswersFuzz::fuzzerTestOneInput);
        ALL.put(SnmpTableFuzz.class, SnmpTableFuzz::fuzzerTestOneInput);
        ALL.put(SnmpDatagramFuzz.class, SnmpDatagramFuzz::fuzzerTestOneInput);
        ALL.put(QxTableFuzz.class, QxTableFuzz::fuzzerTestOneInput);
        ALL.put(QxAnswersFuzz.class, QxAnswersFuzz::fuzzerTestOneInput);
        ALL.put(ApcSmartFuzz.class, ApcSmartFuzz::fuzzerTestOneInput);
        ALL.put(PowercomFuzz.class, PowercomFuzz::fuzzerTestOneInput);
        ALL.put(TrippliteFuzz.class, TrippliteFuzz::fuzzerTestOneInput);
        ALL.put(ShutFuzz.class, ShutFuzz::fuzzerTestOneInput);
        ALL.put(NhsFuzz.class, NhsFuzz::fuzzerTestOneInput);
        ALL.put(NetXmlFuzz.class, NetXmlFuzz::fuzzerTestOneInput);
        ALL.put(ApcupsdFuzz.class, ApcupsdFuzz::fuzzerTestOneInput);
        ALL.put(StatusPageFuzz.class, StatusPageFuzz::fuzzerTestOneInput);
        ALL.put(UpssetFuzz.class, UpssetFuzz::fuzzerTestOneInput);
        ALL.put(DummyFileFuzz.class, DummyFileFuzz::fuzzerTestOneInput);
    }

    private Targets() {}

    /// Each with what runs it, in the order they are run.
    static Map<Class<?>, Consumer<byte[]>> all() {
        return ALL;
    }

    /// Names of the classes, for the script.
    public static void main(String[] args) {
        ALL.keySet().forEach(target -> System.out.println(target.getName()));
    }
}
