@NullMarked
package org.nutjvm.tools.check;

import org.jspecify.annotations.NullMarked;
