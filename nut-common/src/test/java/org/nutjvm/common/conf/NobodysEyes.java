package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.concurrent.Callable;

/// Looks at files as a user without rights, so that a test which needs a permission to be denied works for root too.
final class NobodysEyes {
    private static final int NOBODY = 65534;
    private static final CallContext SHAPE =
            CallContext.getCallContext(Type.SINT, new Type[] {Type.SINT}, CallingConvention.DEFAULT, false);

    private NobodysEyes() {}

    /// Calls it with `nobody` as this thread's user for file access, if this is root; just calls it for everybody else.
    static <T> T look(Callable<T> what) throws Throwable {
        int before = setfsuid(-1); // an impossible user: only asks
        if (before != 0) {
            return what.call();
        }
        try {
            what.call(); // the classes have to be loaded while that is allowed
        } catch (AssertionError expected) {
            // root can read everything
        }
        int old = setfsuid(NOBODY);
        try {
            return what.call();
        } finally {
            int again = setfsuid(old);
            assertEquals(NOBODY, again, "the user in between");
        }
    }

    private static int setfsuid(int user) {
        long function = Library.getDefault().getSymbolAddress("setfsuid");
        return Invoker.getInstance().invokeI1(SHAPE, function, user);
    }
}
