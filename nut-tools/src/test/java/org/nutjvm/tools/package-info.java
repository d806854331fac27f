/// Tests of the client programs as a whole: in process, against servers on real sockets.
@NullMarked
package org.nutjvm.tools;

import org.jspecify.annotations.NullMarked;
