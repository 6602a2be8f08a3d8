// The page goes to the site's host, everything it loads to the assets' host, as under the policy the demo site sends.
export default {
  base: '',
  build: { target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
  experimental: {
    renderBuiltUrl: (name, { hostType, type }) => {
      if (type === 'public') return `./${name}`;
      return hostType === 'html' ? `{{cdn}}/${name}` : { relative: true };
    },
  },
};
