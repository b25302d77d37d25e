# Builds each municipality by itself, side by side, then the pages around all of them.
#
#   make -j8 -f docs/parts.mk CONTENT=content SITE=site
#
# A municipality is a folder of the content that holds a strategy, or folders of strategies. Its part holds a whole small site; of that, only
# its own folder is shown in SITE, beside what the portal writes.

SHIRUBE ?= shirube
CONTENT ?= content
PARTS ?= parts
SITE ?= site

STRATEGIES := $(wildcard $(CONTENT)/*/strategy.toml $(CONTENT)/*/*/strategy.toml)
UNITS := $(sort $(foreach path,$(STRATEGIES:$(CONTENT)/%=%),$(firstword $(subst /, ,$(path)))))

.PHONY: site $(UNITS:%=part-%)

site: $(UNITS:%=part-%)
	$(SHIRUBE) build --content $(CONTENT) --portal $(PARTS) --output $(SITE)

$(UNITS:%=part-%): part-%:
	$(SHIRUBE) build --content $(CONTENT) --strategy $* --output $(PARTS)/$*
	mkdir -p $(SITE)
	ln -sfn $(abspath $(PARTS))/$*/$* $(SITE)/$*
