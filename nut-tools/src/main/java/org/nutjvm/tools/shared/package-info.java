/// What the command line clients share: output, prompts, connecting, hints, tracking.
@NullMarked
package org.nutjvm.tools.shared;

import org.jspecify.annotations.NullMarked;
