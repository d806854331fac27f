package org.nutjvm.cgi.board;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;

/// What handlers are to know. Pages of templates show what was polled: no server is asked for them.
public record BoardUpses(Board board) implements Upses {
    @Override
    public Reading read(String ups) {
        Reading reading = board.entry(ups).map(Entry::reading).orElse(null);
        return reading == null
                ? new Reading.Unknown(new UpsTrouble(UpsTrouble.Kind.SERVER, "the server has not been asked yet"))
                : reading;
    }

    @Override
    public @Nullable String server(String ups, String name) {
        Optional<Entry> entry = board.entry(ups);
        return entry.map(one -> one.server().get(name)).orElse(null);
    }
}
