package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.util.List;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.nutjvm.drivers.snmp.agent.Snmp4jAgent;
import org.nutjvm.drivers.snmp.agent.TrapListener;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// snmp-ups for the driver core: its options, and how it begins with a device.
final class SnmpProgram implements DriverProgram {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpProgram.class);

    @Override
    public String progname() {
        return "snmp-ups";
    }

    @Override
    public String description() {
        return "Generic SNMP UPS driver";
    }

    @Override
    public String version() {
        return "1.40";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("mibs", "Mapping to use (default=auto; -x mibs=--list lists what there is)"),
                Option.value("community", "Community name (default=public)").asSensitive(),
                Option.value("snmp_version", "SNMP version: v1, v2c or v3 (default=v1)"),
                Option.value("pollfreq", "Seconds between polls of the device (default=30)"),
                Option.value("semistaticfreq", "Polls until everything is asked again (default=10)"),
                Option.value("snmp_retries", "Retries of a request (default=5)"),
                Option.value("snmp_timeout", "Seconds to wait for an answer (default=1)"),
                Option.value("trapport", "UDP port to hear the device's traps on, and ask it then (default=none)"),
                Option.flag("notransferoids", "Leave the transfer voltages out (use on APCC Symmetras)"),
                Option.flag("symmetrathreephase", "Convert the transfer voltages of three phase Symmetras"),
                Option.value(
                        "secLevel",
                        "Security level of SNMPv3: noAuthNoPriv, authNoPriv or authPriv (default=noAuthNoPriv)"),
                Option.value("secName", "User of SNMPv3").asSensitive(),
                Option.value("authPassword", "Authentication pass phrase of SNMPv3")
                        .asSensitive(),
                Option.value("privPassword", "Privacy pass phrase of SNMPv3").asSensitive(),
                Option.value(
                        "authProtocol",
                        "Authentication of SNMPv3 (" + String.join(", ", AgentSettings.User.AUTH) + "; default=MD5)"),
                Option.value(
                        "privProtocol",
                        "Privacy of SNMPv3 (" + String.join(", ", AgentSettings.User.PRIV) + "; default=DES)"),
                Option.value(
                        "ondelay",
                        "Seconds until the load is switched on again after a shutdown (default=the device's, else 30)"),
                Option.value(
                        "offdelay",
                        "Seconds until the load is switched off in a shutdown (default=the device's, else 20)"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        var settings = AgentSettings.of(device);
        var catalogue = new Catalogue(device.confpath().resolve("snmp"), SnmpProgram::complain);
        var driver = new SnmpDriver(device, new Snmp4jAgent(settings), settings.host(), catalogue);
        try {
            driver.detect();
            listen(device, settings, driver);
        } catch (IOException e) {
            driver.close();
            throw new DriverException("No supported device detected at [" + device.upsname() + "] (host "
                    + settings.host() + "): " + e.getMessage());
        } catch (DriverException e) {
            driver.close();
            throw e;
        }
        return driver;
    }

    private static void listen(Device device, AgentSettings settings, SnmpDriver driver) throws DriverException {
        int port = settings.trapPort();
        if (port == 0) {
            return;
        }
        try {
            driver.closes(TrapListener.on(
                    port,
                    settings.host(),
                    name -> {
                        if (device.asked(() -> driver.heard(name))) {
                            device.pollSoon();
                        }
                    },
                    device.nanoTime()));
        } catch (IOException e) {
            throw new DriverException(String.valueOf(e.getMessage()));
        }
    }

    private static void complain(Complaint complaint) {
        LOG.warn("{}", complaint);
    }
}
