package org.nutjvm.drivers.netxml;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.inquiry.Inquiry;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UPS behind an MGE or Eaton network card that tells of it in XML (drivers/netxml-ups.c).
final class NetXmlDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(NetXmlDriver.class);

    private final Device device;
    private final NetXmlSettings settings;
    private final ObjectTable table = new ObjectTable();
    private final CardState state;
    private final Card card;
    private final Inquiry<List<Page>> inquiry;
    private final Set<String> told = new TreeSet<>();
    private @Nullable Subscription subscription;

    NetXmlDriver(Device device, NetXmlSettings settings) {
        this.device = device;
        this.settings = settings;
        state = new CardState(table, settings.shutdownDuration(), settings.tenths());
        card = new Card(new CardHttp(settings.card(), settings.timeout(), settings.login(), settings.password()));
        // Three pages, each of which may be asked for twice.
        var patience = settings.timeout().multipliedBy(12).plusSeconds(1);
        inquiry = new Inquiry<>(device, "card", Duration.ZERO, patience, card::read);
    }

    /// Starts with stale data when the card does not answer yet.
    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        dstate.setinfo("driver.version.data", "MGEXML/0.36");
        List<Page> pages;
        try {
            pages = inquiry.first();
        } catch (IOException e) {
            card.check();
            throw e;
        }
        card.check();
        LOG.info("Connectivity test: {} answers", settings.card());
        registerWritable(dstate);
        show(dstate, pages);
        if (settings.subscribe()) {
            var alarms = new Subscription(card, settings, page -> device.asked(() -> alarm(page)));
            subscription = alarms;
            alarms.start();
        }
    }

    private void registerWritable(Dstate dstate) {
        for (var rule : table.writable()) {
            String variable = rule.variable();
            if (variable != null && dstate.getinfo(variable) == null) {
                dstate.setinfo(variable, "");
                dstate.setflags(variable, EnumSet.of(Variable.Flag.RW));
            }
        }
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        var pages = inquiry.next();
        if (pages != null) {
            try {
                card.check();
            } catch (DriverException e) {
                throw inquiry.useless(new IOException(e.text()));
            }
            registerWritable(dstate);
            show(dstate, pages);
        }
    }

    private void show(Dstate dstate, List<Page> pages) throws IOException {
        var now = new TreeSet<String>();
        for (Page page : pages) {
            now.addAll(state.take(page, dstate));
        }
        if (card.complete(pages)) {
            // What the card no longer tells.
            told.removeAll(now);
            for (String name : told) {
                dstate.delinfo(name);
            }
            told.clear();
        }
        told.addAll(now);
        if (!state.known()) {
            throw inquiry.useless(new IOException(settings.card() + " does not say whether there is mains power"));
        }
        state.publish(dstate);
    }

    private void alarm(Page page) {
        var dstate = device.dstate();
        state.take(page, dstate);
        if (state.known()) {
            state.publish(dstate);
        }
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        var rule = table.setting(var);
        if (rule == null) {
            return Outcome.UNKNOWN;
        }
        card.set(rule.object(), value);
        device.dstate().setinfo(var, value);
        return Outcome.HANDLED;
    }

    /// The card has the UPS go off when less run time is left than this limit: any.
    @Override
    public Outcome shutdown() throws IOException {
        var rule = table.setting("battery.runtime.low");
        if (rule == null) {
            return Outcome.FAILED;
        }
        card.set(rule.object(), "999999999");
        return Outcome.HANDLED;
    }

    @Override
    public void close() {
        inquiry.close();
        var alarms = subscription;
        if (alarms != null) {
            alarms.close();
        }
    }
}
