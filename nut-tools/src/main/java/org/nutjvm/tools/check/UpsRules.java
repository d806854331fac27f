package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.Directive;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.DriverCatalog.Driver;
import org.nutjvm.common.conf.DriverCatalog.Form;
import org.nutjvm.common.conf.DriverCatalog.Link;
import org.nutjvm.common.conf.DriverCatalog.Option;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.NutVariable;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsConf.Section;
import org.nutjvm.common.conf.UpsConf.Setting;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.Values;

/// What is wrong with the devices of ups.conf.
final class UpsRules {
    private static final List<String> USB_MARKS =
            List.of("vendorid", "productid", "vendor", "product", "serial", "bus", "device", "busport");

    private final ConfSet set;
    private final String file;
    private final DriverCatalog catalog;
    private final Findings found;

    private UpsRules(ConfSet set, DriverCatalog catalog, Findings found) {
        this.set = set;
        this.file = set.file(UpsConf.FILE);
        this.catalog = catalog;
        this.found = found;
    }

    static void look(ConfSet set, DriverCatalog catalog, Findings found) {
        new UpsRules(set, catalog, found).look();
    }

    private void look() {
        Optional<UpsConf> conf = set.ups();
        if (conf.isEmpty()) {
            return;
        }
        if (conf.get().sections().isEmpty()) {
            noDevices();
            return;
        }
        for (Complaint complaint : conf.get().served().complaints()) {
            if (complaint.cause() == Complaint.Cause.INCOMPLETE) {
                found.add(
                        Mistake.INCOMPLETE_DEVICE,
                        file,
                        complaint.line(),
                        "[" + complaint.word() + "] has no "
                                + (complaint.text().contains("it has no port") ? "port" : "driver"),
                        complaint.text().contains("it has no port")
                                ? "add port = ...; USB drivers take port = auto"
                                : "add driver = ...");
            } else {
                found.add(
                        Mistake.REPEATED,
                        Level.ERROR,
                        file,
                        complaint.line(),
                        "[" + complaint.word() + "] and another section differ only in capitals: one is left out",
                        "give them different names");
            }
        }
        var ports = new HashMap<String, String>();
        var usb = new HashMap<String, List<Section>>();
        for (Section section : conf.get().sections()) {
            section(section, ports, usb);
        }
        for (Map.Entry<String, List<Section>> alike : usb.entrySet()) {
            ambiguous(alike.getKey(), alike.getValue());
        }
    }

    private void noDevices() {
        boolean allowed = set.upsd().flatMap(UpsdConf::allowNoDevice).orElse(false)
                || set.nut()
                        .flatMap(n -> n.value(NutVariable.ALLOW_NO_DEVICE))
                        .flatMap(Values::bool)
                        .orElse(false);
        if (!allowed && !set.mode().equals("none") && !set.mode().equals("netclient")) {
            found.add(
                    Mistake.NO_DEVICES,
                    set.serves() ? Level.ERROR : Level.NOTICE,
                    file,
                    0,
                    Mistake.NO_DEVICES.meaning(),
                    Mistake.NO_DEVICES.cure());
        }
    }

    private void section(Section section, Map<String, String> ports, Map<String, List<Section>> usb) {
        name(section);
        String driver = section.value(UpsKey.DRIVER).orElse("");
        for (Setting setting : section.settings()) {
            common(setting);
        }
        if (driver.isEmpty()) {
            return;
        }
        Optional<Driver> known = catalog.driver(driver);
        if (known.isEmpty()) {
            unknownDriver(section, driver);
            return;
        }
        for (Setting setting : section.settings()) {
            option(known.get(), setting);
        }
        port(section, known.get(), ports);
        if (known.get().link() == Link.USB || (known.get().link() == Link.SERIAL_OR_USB && auto(section))) {
            usb.computeIfAbsent(driver, _ -> new ArrayList<>()).add(section);
        }
    }

    private void name(Section section) {
        String name = section.name();
        String why = "";
        if (name.equals("default")) {
            why = "'default' is no name for a device: C's drivers refuse it";
        } else if (name.isBlank() || name.indexOf('@') >= 0 || name.indexOf('/') >= 0 || name.indexOf(' ') >= 0) {
            why = "[" + name + "] is no name that clients can ask for";
        }
        if (!why.isEmpty()) {
            found.add(Mistake.SECTION_NAME, file, section.line(), why);
        }
    }

    private void unknownDriver(Section section, String driver) {
        int line = line(section, UpsKey.DRIVER);
        List<String> successors = catalog.successors(driver);
        if (!successors.isEmpty()) {
            found.add(
                    Mistake.OLD_DRIVER,
                    file,
                    line,
                    "[" + section.name() + "] has the driver " + driver + ", which NUT no longer has",
                    "write driver = " + String.join(" or ", successors));
            return;
        }
        Optional<String> near = Nearest.of(driver, catalog.names());
        found.add(
                Mistake.UNKNOWN_DRIVER,
                file,
                line,
                "[" + section.name() + "] has the driver " + driver + ", which NUT does not have",
                near.isEmpty() ? Mistake.UNKNOWN_DRIVER.cure() : "write driver = " + near.get());
    }

    /// Settings that mean the same for all drivers.
    private void common(Setting setting) {
        for (UpsKey key : UpsKey.values()) {
            if (!key.word().equals(setting.name())) {
                continue;
            }
            Directive.Kind kind = key.entry().kind();
            String value = setting.value();
            if (key == UpsKey.SDDELAY) {
                found.add(Mistake.OBSOLETE, file, setting.line(), "sddelay is ignored", "remove it");
            } else if (kind == Directive.Kind.FLAG) {
                if (key != UpsKey.ALLOW_KILLPOWER) {
                    negated(setting);
                }
            } else if (value == null) {
                if (key != UpsKey.USB_SET_ALTINTERFACE) {
                    found.add(Mistake.MISSING_VALUE, file, setting.line(), "'" + setting.name() + "' has no value");
                }
            } else if ((kind == Directive.Kind.NUMBER || kind == Directive.Kind.SECONDS)
                    && !key.entry().arguments().equals("hex")
                    && Values.number(value).isEmpty()) {
                found.add(
                        Mistake.BAD_VALUE,
                        file,
                        setting.line(),
                        setting.name() + " takes a number, not '" + value + "'");
            }
            return;
        }
    }

    /// Settings that only the driver knows.
    private void option(Driver driver, Setting setting) {
        String folded = setting.name().toLowerCase(Locale.ROOT);
        if (folded.startsWith(UpsKey.DEFAULT_PREFIX)
                || folded.startsWith(UpsKey.OVERRIDE_PREFIX)
                || folded.startsWith("//")
                || folded.startsWith(";")) {
            return;
        }
        for (UpsKey key : UpsKey.values()) {
            if (key.word().equals(setting.name())
                    || (key == UpsKey.DEBUG_MIN && key.word().equals(folded))) {
                return;
            }
        }
        Optional<Option> known = driver.option(setting.name());
        if (known.isEmpty()) {
            unknownOption(driver, setting);
            return;
        }
        Option option = known.get();
        if (!option.name().equals(setting.name())) {
            found.add(
                    Mistake.OPTION_CASE,
                    file,
                    setting.line(),
                    setting.name() + " is " + option.name() + " in " + driver.name(),
                    "write " + option.name());
        }
        if (option.form() == Form.FLAG) {
            negated(setting);
        } else if (setting.flag() && option.form() != Form.EITHER) {
            found.add(
                    Mistake.MISSING_VALUE,
                    file,
                    setting.line(),
                    "'" + setting.name() + "' of " + driver.name() + " has no value",
                    "write " + option.name() + " = ... (" + option.meaning() + ")");
        }
    }

    private void unknownOption(Driver driver, Setting setting) {
        var words = new ArrayList<String>();
        for (Option option : driver.options()) {
            words.add(option.name());
        }
        words.addAll(Directive.words(UpsKey.values()));
        words.add(UpsKey.DEFAULT_PREFIX);
        words.add(UpsKey.OVERRIDE_PREFIX);
        int dot = setting.name().indexOf('.');
        String asked = dot > 0 ? setting.name().substring(0, dot + 1) : setting.name();
        Optional<String> near = Nearest.of(setting.name(), words).or(() -> Nearest.of(asked, words));
        String meant = near.isEmpty()
                ? ""
                : near.get().endsWith(".") ? near.get() + setting.name().substring(dot + 1) : near.get();
        found.add(
                Mistake.UNKNOWN_OPTION,
                file,
                setting.line(),
                driver.name() + " knows no option '" + setting.name() + "' and refuses to start with it",
                meant.isEmpty() ? Mistake.UNKNOWN_OPTION.cure() : "write " + meant);
    }

    private void negated(Setting setting) {
        String value = setting.value();
        if (value != null && !Values.bool(value).orElse(true)) {
            found.add(
                    Mistake.FLAG_NEGATED,
                    file,
                    setting.line(),
                    setting.name() + " = " + value + " switches " + setting.name() + " on, as any value does",
                    "remove the line");
        }
    }

    private static boolean auto(Section section) {
        return section.value(UpsKey.PORT).orElse("").equalsIgnoreCase("auto");
    }

    private void port(Section section, Driver driver, Map<String, String> ports) {
        String port = section.value(UpsKey.PORT).orElse("");
        int line = line(section, UpsKey.PORT);
        if (port.isEmpty()) {
            return;
        }
        if (driver.link() == Link.USB && !auto(section)) {
            found.add(
                    Mistake.USB_PORT,
                    file,
                    line,
                    "[" + section.name() + "]: " + driver.name() + " finds its device on USB and ignores port = "
                            + port);
        } else if (driver.link() == Link.SERIAL && auto(section)) {
            found.add(
                    Mistake.SERIAL_PORT,
                    file,
                    line,
                    "[" + section.name() + "]: " + driver.name() + " needs the name of a serial port");
        } else if (port.startsWith("/dev/")
                && !port.equals("/dev/null")
                && (driver.link() == Link.SERIAL
                        || driver.link() == Link.SERIAL_OR_USB
                        || driver.link() == Link.MODBUS)) {
            String other = ports.putIfAbsent(port, section.name());
            if (other != null) {
                found.add(
                        Mistake.SHARED_PORT,
                        file,
                        line,
                        "[" + other + "] and [" + section.name() + "] both have the port " + port);
            }
        }
    }

    /// Of several devices with one driver, all but one need something to be known by.
    private void ambiguous(String driver, List<Section> alike) {
        var bare = new ArrayList<Section>();
        for (Section section : alike) {
            boolean marked = false;
            for (Setting setting : section.settings()) {
                marked = marked || USB_MARKS.contains(setting.name().toLowerCase(Locale.ROOT));
            }
            if (!marked) {
                bare.add(section);
            }
        }
        if (alike.size() > 1) {
            for (Section section : bare) {
                found.add(
                        Mistake.AMBIGUOUS_USB,
                        file,
                        section.line(),
                        alike.size() + " devices have the driver " + driver + ", and nothing says which is ["
                                + section.name() + "]");
            }
        }
    }

    private static int line(Section section, UpsKey key) {
        int line = section.line();
        for (Setting setting : section.settings()) {
            if (setting.name().equals(key.word())) {
                line = setting.line();
            }
        }
        return line;
    }
}
