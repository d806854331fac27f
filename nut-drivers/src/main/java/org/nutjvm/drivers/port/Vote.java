package org.nutjvm.drivers.port;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What to believe of answers that no checksum protects. An answer counts when it is like one before; of
/// several that are not alike, of each number the one in the middle counts. So values that move are taken,
/// and what the line has damaged is not.
public final class Vote {
    /// So many answers are enough.
    public static final int ENOUGH = 5;

    private final int[] tolerances;
    private final List<int[]> cast = new ArrayList<>();

    /// @param tolerances how much each number of an answer may move by itself; 0 for one that does not,
    ///     less than 0 for one that means nothing
    public Vote(int[] tolerances) {
        this.tolerances = tolerances.clone();
    }

    /// Adds an answer.
    ///
    /// @return what is believed now: this one, if it is like one before; after {@link #ENOUGH} the vote's
    ///     result; nothing while there are fewer, or when most do not agree on what does not move
    public Optional<int[]> add(int[] answer) {
        for (int[] before : cast) {
            if (alike(before, answer)) {
                return Optional.of(answer);
            }
        }
        cast.add(answer);
        return cast.size() < ENOUGH ? Optional.empty() : middle(answer.length);
    }

    private boolean alike(int[] one, int[] other) {
        for (int i = 0; i < one.length; i++) {
            if (tolerances[i] >= 0 && Math.abs(one[i] - other[i]) > tolerances[i]) {
                return false;
            }
        }
        return true;
    }

    private Optional<int[]> middle(int length) {
        int[] result = new int[length];
        int[] values = new int[cast.size()];
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < values.length; j++) {
                values[j] = cast.get(j)[i];
            }
            Arrays.sort(values);
            int middle = values[values.length / 2];
            if (tolerances[i] == 0
                    && Arrays.stream(values).filter(v -> v == middle).count() <= values.length / 2) {
                return Optional.empty();
            }
            result[i] = middle;
        }
        return Optional.of(result);
    }
}
