@NullMarked
package org.nutjvm.tools.upsdrvctl;

import org.jspecify.annotations.NullMarked;
