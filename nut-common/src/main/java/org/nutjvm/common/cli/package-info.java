/// Command line behaviour all programs share.
@NullMarked
package org.nutjvm.common.cli;

import org.jspecify.annotations.NullMarked;
